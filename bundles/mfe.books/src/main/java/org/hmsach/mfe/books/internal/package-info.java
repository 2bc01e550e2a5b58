/** Fees, settlement, marks and the close of business. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=mfe", "module=mfe.books"})
package org.hmsach.mfe.books.internal;

import org.osgi.annotation.bundle.Capability;
