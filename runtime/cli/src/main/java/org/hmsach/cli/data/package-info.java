/** Data folders that no server works on. */
package org.hmsach.cli.data;
