package org.hmsach.trust;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Pattern;

/**
 * What a trusted signer's bundles may be.
 *
 * @param name    alias of the certificate in the key store
 * @param spi     families whose SPI they may use: {@code gov}, {@code mkt}, {@code mfe}, or {@code *} for all
 * @param bundles symbolic names they may have, each exact or with {@code *} at the end; {@code *} alone is every name
 *                but those of the platform, {@code org.hmsach.*}, which must be named
 */
public record Signer(String name, Set<String> spi, Set<String> bundles) {
    /** Shape of a name. */
    public static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,31}";

    static final String ALL = "*";
    private static final String PLATFORM = "org.hmsach.";
    private static final String SPI = "org.hmsach.spi.";
    private static final Set<String> FAMILIES = Set.of("gov", "mkt", "mfe", ALL);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern BUNDLES = Pattern.compile("\\*|[A-Za-z0-9_.-]+\\*?");

    public Signer {
        if (!name.matches(NAME_PATTERN) || name.equals(Judgement.DISTRIBUTION)) {
            throw new IllegalArgumentException("signer '" + name + "' does not match " + NAME_PATTERN + " or is taken");
        }
        if (!FAMILIES.containsAll(spi)) {
            throw new IllegalArgumentException("spi of " + name + " is " + spi + ", must be of " + FAMILIES);
        }
        if (bundles.isEmpty()
                || !bundles.stream().allMatch(one -> BUNDLES.matcher(one).matches())) {
            throw new IllegalArgumentException(
                    "bundles of " + name + " are " + bundles + ", must be symbolic names, * only at the end");
        }
        spi = Set.copyOf(spi);
        bundles = Set.copyOf(bundles);
    }

    /** Why a bundle with such a manifest may not run for this signer; empty when it may. */
    Optional<String> refusal(Attributes manifest) {
        String name = first(value(manifest, "Bundle-SymbolicName"));
        String host = first(value(manifest, "Fragment-Host"));
        if (!mayBe(name)) {
            return Optional.of("the signer " + this.name + " may not bring bundles of the name " + name);
        }
        if (!host.isEmpty() && !mayBe(host)) {
            return Optional.of("the signer " + this.name + " may not bring fragments of " + host);
        }
        if (spi.contains(ALL)) {
            return Optional.empty();
        }
        for (String used : used(manifest)) {
            String family = used.substring(SPI.length()).split("[.*]", 2)[0];
            if (!spi.contains(family)) {
                return Optional.of("the signer " + this.name + " may not use the SPI " + used);
            }
        }
        for (String dynamic : names(value(manifest, "DynamicImport-Package"))) {
            if (dynamic.endsWith(ALL) && SPI.startsWith(dynamic.substring(0, dynamic.length() - 1))) {
                return Optional.of("DynamicImport-Package " + dynamic + " reaches every SPI, and the signer "
                        + this.name + " may use only " + new TreeSet<>(spi));
            }
        }
        return Optional.empty();
    }

    /** SPI packages that the manifest imports, and SPI bundles that it requires. */
    private static Set<String> used(Attributes manifest) {
        Set<String> used = new TreeSet<>();
        for (String header : List.of("Import-Package", "DynamicImport-Package", "Require-Bundle")) {
            names(value(manifest, header)).stream()
                    .filter(one -> one.startsWith(SPI))
                    .forEach(used::add);
        }
        return used;
    }

    private boolean mayBe(String symbolicName) {
        return bundles.stream().anyMatch(pattern -> {
            if (pattern.equals(ALL)) {
                return !symbolicName.startsWith(PLATFORM) && !symbolicName.equals("system.bundle");
            }
            boolean covered = pattern.endsWith(ALL)
                    ? symbolicName.startsWith(pattern.substring(0, pattern.length() - 1))
                    : symbolicName.equals(pattern);
            return covered && (pattern.startsWith(PLATFORM) || !symbolicName.startsWith(PLATFORM));
        });
    }

    private static String value(Attributes manifest, String header) {
        return Optional.ofNullable(manifest.getValue(header)).orElse("");
    }

    private static String first(String header) {
        return header.split("[;,]", 2)[0].trim();
    }

    /** Names of the clauses of an OSGi header, without attributes and directives. */
    private static List<String> names(String header) {
        TreeSet<String> names = new TreeSet<>();
        for (String clause : QUOTED.matcher(header).replaceAll("").split(",")) {
            for (String part : clause.split(";")) {
                if (!part.contains("=") && !part.isBlank()) {
                    names.add(part.trim());
                }
            }
        }
        return List.copyOf(names);
    }
}
