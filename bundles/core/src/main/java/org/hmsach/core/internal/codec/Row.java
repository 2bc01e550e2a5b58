package org.hmsach.core.internal.codec;

/** One record of a snapshot; one of the records nested in {@link Rows}. */
public interface Row {}
