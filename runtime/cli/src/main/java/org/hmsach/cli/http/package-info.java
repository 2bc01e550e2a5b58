/** The HTTP client that all commands share. */
package org.hmsach.cli.http;
