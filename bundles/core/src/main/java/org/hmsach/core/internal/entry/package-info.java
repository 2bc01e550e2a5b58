/** What the log and the machine say to each other: entries in, events out, snapshots both ways. Bytes only. */
package org.hmsach.core.internal.entry;
