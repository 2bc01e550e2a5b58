package org.hmsach.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges jars: by the distribution's digests, then by signature. Reads the trust store anew when it changed. */
public final class TrustOffice {
    /** What to do about a refusal, for those who meet one. */
    public static final String ADVICE = "have it signed by a trusted signer, or trust its signer: hms trust add";

    private final Set<String> shipped;
    private final SignerStore store;
    private final boolean enforcing;
    private final Clock clock;
    private String stamp = "";
    private Optional<SignerStore.Content> content = Optional.empty();

    /**
     * @param shipped   digests of what the distribution ships
     * @param folder    of the organisation's trust store
     * @param enforcing false where everything may run, for development
     */
    public TrustOffice(Set<String> shipped, Path folder, boolean enforcing, Clock clock) {
        this.shipped = Set.copyOf(shipped);
        this.store = new SignerStore(folder);
        this.enforcing = enforcing;
        this.clock = clock;
    }

    /** Whether refused jars are kept from running. */
    public boolean isEnforcing() {
        return enforcing;
    }

    /** Whether a jar may run, now. */
    public Judgement judge(Path jar) throws IOException {
        return judge(jar, Digest.of(jar));
    }

    /** The same where the digest is known. */
    public Judgement judge(Path jar, String digest) {
        Judgement judgement;
        try {
            judgement = Judgement.trusted(digest, signer(jar, digest));
        } catch (Refused e) {
            judgement = Judgement.refused(digest, e.getMessage());
        }
        return enforcing ? judgement : judgement.tolerated();
    }

    /** Changes whenever judgements may. */
    public synchronized String stamp() {
        try {
            return store.stamp();
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private String signer(Path jar, String digest) throws Refused {
        SignerStore.Content known = content();
        if (known.revoked().contains(digest)) {
            throw new Refused("this very jar is revoked, see revoked.list");
        }
        if (shipped.contains(digest)) {
            return Judgement.DISTRIBUTION;
        }
        JarSigners signed = JarSigners.read(jar);
        Chain chain = new Chain(known, clock.instant());
        List<Signer> trusted = new ArrayList<>();
        Set<String> reasons = new TreeSet<>();
        for (CodeSigner one : signed.signers()) {
            try {
                trusted.add(chain.signer(one.getSignerCertPath()));
            } catch (Refused e) {
                reasons.add(e.getMessage());
            }
        }
        for (Signer one : trusted) {
            Optional<String> refusal = one.refusal(signed.manifest().getMainAttributes());
            if (refusal.isEmpty()) {
                return one.name();
            }
            reasons.add(refusal.get());
        }
        throw new Refused(String.join("; ", reasons));
    }

    private synchronized SignerStore.Content content() throws Refused {
        try {
            String now = store.stamp();
            if (content.isEmpty() || !now.equals(stamp)) {
                content = Optional.of(store.read());
                stamp = now;
            }
            return content.get();
        } catch (IOException e) {
            throw new Refused("the trust store cannot be read: " + e.getMessage(), e);
        }
    }
}
