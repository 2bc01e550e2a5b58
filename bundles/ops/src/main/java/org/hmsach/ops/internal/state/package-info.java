/** State that modules keep outside the core, and how it goes from one version to another. */
package org.hmsach.ops.internal.state;
