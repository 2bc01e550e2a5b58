/** Commands, events and snapshot rows as bytes and back. The generated codecs stay behind this package. */
package org.hmsach.core.internal.codec;
