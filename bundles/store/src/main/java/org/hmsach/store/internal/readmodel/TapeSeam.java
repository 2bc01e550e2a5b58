package org.hmsach.store.internal.readmodel;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.tape.Tape;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Where the tape comes from, while the core comes and goes. */
@Component(service = TapeSeam.class)
public final class TapeSeam {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Tape> tapes = List.of();

    Optional<Tape> current() {
        List<Tape> now = tapes;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(0));
    }
}
