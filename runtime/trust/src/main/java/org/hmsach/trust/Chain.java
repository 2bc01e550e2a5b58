package org.hmsach.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From the certificate that signed a jar to one of the trust store: valid now, for signing code, not revoked. */
final class Chain {
    private static final Set<String> SIGNS_CODE = Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0");

    private final SignerStore.Content store;
    private final Date now;

    Chain(SignerStore.Content store, Instant now) {
        this.store = store;
        this.now = Date.from(now);
    }

    /** The signer that the chain of certificates leads to. @throws Refused naming the certificate and why */
    Signer signer(CertPath path) throws Refused {
        List<X509Certificate> certificates =
                path.getCertificates().stream().map(X509Certificate.class::cast).toList();
        signsCode(certificates.get(0));
        for (int i = 0; i < certificates.size(); i++) {
            Optional<Signer> owner = store.owner(certificates.get(i));
            if (owner.isPresent()) {
                List<X509Certificate> upTo = certificates.subList(0, i + 1);
                sound(upTo);
                if (i > 0) {
                    validate(certificates.subList(0, i), Set.of(new TrustAnchor(certificates.get(i), null)));
                }
                return owner.get();
            }
        }
        return issued(certificates);
    }

    /** Of a chain that leaves out the certificate it ends at. */
    private Signer issued(List<X509Certificate> certificates) throws Refused {
        String unknown = "nobody knows its signer " + name(certificates.get(0)) + ", certificate "
                + SignerStore.fingerprint(certificates.get(0));
        Set<TrustAnchor> anchors = store.signers().keySet().stream()
                .map(one -> new TrustAnchor(store.certificates().get(one), null))
                .collect(Collectors.toSet());
        Set<Object> subjects = anchors.stream()
                .map(anchor -> anchor.getTrustedCert().getSubjectX500Principal())
                .collect(Collectors.toSet());
        X509Certificate last = certificates.get(certificates.size() - 1);
        if (!subjects.contains(last.getIssuerX500Principal())) {
            throw new Refused(unknown);
        }
        X509Certificate anchor = validate(certificates, anchors);
        List<X509Certificate> whole = new ArrayList<>(certificates);
        whole.add(anchor);
        sound(whole);
        return store.owner(anchor).orElseThrow(() -> new Refused(unknown));
    }

    private static void signsCode(X509Certificate leaf) throws Refused {
        try {
            List<String> uses = leaf.getExtendedKeyUsage();
            boolean[] key = leaf.getKeyUsage();
            if ((uses != null && uses.stream().noneMatch(SIGNS_CODE::contains)) || (key != null && !key[0])) {
                throw new Refused("the certificate " + name(leaf) + " is not for signing code");
            }
        } catch (CertificateException e) {
            throw new Refused("the certificate " + name(leaf) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Valid now and not revoked, each of them; the last one is trusted. */
    private void sound(List<X509Certificate> certificates) throws Refused {
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate one = certificates.get(i);
            try {
                one.checkValidity(now);
            } catch (CertificateException e) {
                boolean early = now.before(one.getNotBefore());
                throw new Refused(
                        "the certificate " + name(one) + (early ? " is not valid before " : " expired on ")
                                + (early ? one.getNotBefore() : one.getNotAfter()).toInstant(),
                        e);
            }
            if (store.revoked().contains(SignerStore.fingerprint(one))) {
                throw new Refused("the certificate " + name(one) + " is revoked, see revoked.list");
            }
            X509Certificate issuer = certificates.get(Math.min(i + 1, certificates.size() - 1));
            for (Map.Entry<String, X509CRL> crl : store.crls().entrySet()) {
                if (crl.getValue().getIssuerX500Principal().equals(one.getIssuerX500Principal())) {
                    notRevoked(one, issuer, crl.getKey(), crl.getValue());
                }
            }
        }
    }

    private void notRevoked(X509Certificate one, X509Certificate issuer, String file, X509CRL crl) throws Refused {
        try {
            crl.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new Refused("the revocation list " + file + " is not its issuer's: " + e.getMessage(), e);
        }
        if (crl.isRevoked(one)) {
            throw new Refused("the certificate " + name(one) + " is revoked, see " + file);
        }
        if (crl.getNextUpdate() != null && crl.getNextUpdate().before(now)) {
            throw new Refused("the revocation list " + file + " is out of date since "
                    + crl.getNextUpdate().toInstant() + ", so nobody knows whether " + name(one) + " is revoked");
        }
    }

    private X509Certificate validate(List<X509Certificate> certificates, Set<TrustAnchor> anchors) throws Refused {
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false); // done in sound(), with the files of the store
            parameters.setDate(now);
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(certificates);
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return result.getTrustAnchor().getTrustedCert();
        } catch (CertPathValidatorException e) {
            X509Certificate leaf = certificates.get(0);
            throw new Refused(
                    "the chain of " + name(leaf) + ", certificate " + SignerStore.fingerprint(leaf)
                            + ", does not hold: " + e.getMessage(),
                    e);
        } catch (InvalidAlgorithmParameterException e) {
            throw new Refused("the trust store has no signer", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java validates chains", e);
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
