/** Shadows: versions that see live traffic beside the one that serves, and are never answered by. */
package org.hmsach.ops.internal.shadow;
