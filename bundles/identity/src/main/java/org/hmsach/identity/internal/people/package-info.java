/** People, keys and sessions, kept in the SQL unit {@code identity}. */
@Capability(
        namespace = StateForm.NAMESPACE,
        attribute = {"form:Long=1", "downgradeTo:Long=0", "sqlUnit=identity"})
package org.hmsach.identity.internal.people;

import org.hmsach.api.module.StateForm;
import org.osgi.annotation.bundle.Capability;
