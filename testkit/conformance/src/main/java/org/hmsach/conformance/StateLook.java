package org.hmsach.conformance;

import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.module.StateForm;
import org.hmsach.api.module.StateTransform;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What the bundle says about state that it keeps outside the core; no line where it says nothing. */
final class StateLook {
    private StateLook() {}

    static List<Line> lines(Box box) {
        List<BundleCapability> declared =
                box.bundle().adapt(BundleRevision.class).getDeclaredCapabilities(StateForm.NAMESPACE);
        if (declared.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        String good = "";
        try {
            StateForm form = StateForm.of(declared.get(0).getAttributes());
            good = "form " + form.form() + ", takes over from form " + form.upgradeFrom() + ", gives back to form "
                    + form.downgradeTo();
            boolean needs = form.form() > 1 && form.sqlUnit().isEmpty();
            if (needs && !offersTransform(box)) {
                problems.add("form " + form.form() + " and no service StateTransform: no version of form "
                        + (form.form() - 1) + " could be followed");
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (declared.size() > 1) {
            problems.add(declared.size() + " declarations, one is the limit");
        }
        return List.of(Line.of("state", problems, good));
    }

    private static boolean offersTransform(Box box) {
        ServiceReference<?>[] registered = box.bundle().getRegisteredServices();
        for (ServiceReference<?> one : registered == null ? new ServiceReference<?>[0] : registered) {
            if (List.of((String[]) one.getProperty(Constants.OBJECTCLASS)).contains(StateTransform.class.getName())) {
                return true;
            }
        }
        return false;
    }
}
