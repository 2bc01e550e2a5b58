package org.hmsach.core.internal.log;

/**
 * The log between two entries.
 *
 * @param entry the last applied entry
 * @param event the last event
 * @param chainHash the hash over all events so far, in hexadecimal
 */
public record Moment(long entry, long event, String chainHash) {}
