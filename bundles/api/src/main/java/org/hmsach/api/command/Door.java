package org.hmsach.api.command;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one door: every change of truth is a command through it.
 *
 * <p>Thread-safe. Commands of one thread are applied in the order of the calls; the stage completes when the command is
 * fsynced, committed and applied on this node. Callbacks must not block. It completes exceptionally with
 * {@link org.hmsach.api.refusal.UnavailableException} when the core takes no commands or does not answer in time; the
 * command may then still be applied later, so resend with the same ids.
 */
@ProviderType
public interface Door {
    /** Submits a command. */
    CompletionStage<Outcome> submit(Command command, Origin origin);
}
