/** The files of log, tape and snapshots as they lie on disk, read without the engine. */
package org.hmsach.core.internal.disk;
