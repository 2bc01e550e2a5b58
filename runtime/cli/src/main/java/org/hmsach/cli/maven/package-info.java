/** Jars by their Maven id. */
package org.hmsach.cli.maven;
