/** Read models, kept in the SQL unit {@code store}. */
@Capability(
        namespace = StateForm.NAMESPACE,
        attribute = {"form:Long=1", "downgradeTo:Long=0", "sqlUnit=store"})
package org.hmsach.store.internal.readmodel;

import org.hmsach.api.module.StateForm;
import org.osgi.annotation.bundle.Capability;
