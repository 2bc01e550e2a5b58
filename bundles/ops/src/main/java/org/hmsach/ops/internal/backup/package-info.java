/** Copies of the whole data folder, made while the server works. */
package org.hmsach.ops.internal.backup;
