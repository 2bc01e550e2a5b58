package org.hmsach.ops.internal.shadow;

import java.util.Locale;
import org.hmsach.ops.internal.swap.Refused;

/** Who stages a shadow does not promote it. */
final class TwoPersons {
    private TwoPersons() {}

    static void require(String stagedBy, String promotedBy) throws Refused {
        if (stagedBy.toLowerCase(Locale.ROOT).equals(promotedBy.toLowerCase(Locale.ROOT))) {
            throw new Refused(
                    "a second person promotes: staged by '" + stagedBy + "', to be promoted by '" + promotedBy + "'");
        }
    }
}
