package org.hmsach.store.internal.readmodel;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.module.Duty;
import org.hmsach.api.tape.Tape;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Where the tape comes from, and whose it is to follow, while the core comes and goes. */
@Component(service = TapeSeam.class)
public final class TapeSeam {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Tape> tapes = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Duty> duties = List.of();

    /** Whether this version of the bundle is the one to write; without the core there is no other. */
    boolean isMine() {
        return duties.stream().allMatch(Duty::isMine);
    }

    Optional<Tape> current() {
        List<Tape> now = tapes;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(0));
    }
}
