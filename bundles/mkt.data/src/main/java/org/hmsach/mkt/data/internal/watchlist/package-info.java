/** Watchlists, kept in the SQL unit {@code watchlists}. */
@Capability(
        namespace = StateForm.NAMESPACE,
        attribute = {"form:Long=1", "downgradeTo:Long=0", "sqlUnit=watchlists"})
package org.hmsach.mkt.data.internal.watchlist;

import org.hmsach.api.module.StateForm;
import org.osgi.annotation.bundle.Capability;
