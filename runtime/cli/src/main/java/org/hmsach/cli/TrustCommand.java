package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.hmsach.cli.server.Home;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.ShippedList;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.TrustOffice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description = {
            "Whose bundles may run: the trust store DATA/conf/trust. Works on a running server's too, which reads it",
            "anew when it changed. What the distribution ships needs no entry."
        },
        subcommands = {
            TrustCommand.Add.class,
            TrustCommand.ListSigners.class,
            TrustCommand.Check.class,
            TrustCommand.Revoke.class,
            TrustCommand.Remove.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class TrustCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path folder(DataOption data) {
        return data.path().resolve("conf/trust");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Trusts a signer, or gives one who is trusted another certificate or other rights.")
    static final class Add implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "CERT", description = "the signer's certificate, or their authority's; PEM or DER")
        private Path certificate;

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "what to call the signer")
        private String name;

        @Option(
                names = "--spi",
                split = ",",
                paramLabel = "FAMILY",
                description = "whose SPI the bundles may use: of gov, mkt, mfe, or * for all (default: none)")
        private Set<String> spi = new TreeSet<>();

        @Option(
                names = "--bundles",
                split = ",",
                paramLabel = "NAME",
                description =
                        "symbolic names the bundles may have, * only at the end (default: ${DEFAULT-VALUE}, which is"
                                + " every name but the platform's own, org.hmsach.*)",
                defaultValue = "*")
        private Set<String> bundles = new TreeSet<>();

        @Override
        public Integer call() throws IOException {
            Signer signer;
            try {
                signer = new Signer(name, spi, bundles);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            X509Certificate read = SignerStore.certificate(certificate);
            new SignerStore(folder(data)).add(signer, read);
            System.out.println(name + " is trusted: " + read.getSubjectX500Principal() + ", certificate "
                    + SignerStore.fingerprint(read) + ", until "
                    + read.getNotAfter().toInstant());
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "The signers who are trusted.")
    static final class ListSigners implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Option(names = "--json", description = "print one JSON array")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            SignerStore.Content content = new SignerStore(folder(data)).read();
            ArrayNode rows = JSON.createArrayNode();
            for (Signer one : content.signers().values()) {
                X509Certificate certificate = content.certificates().get(one.name());
                String digest = SignerStore.fingerprint(certificate);
                ObjectNode row = rows.addObject()
                        .put("name", one.name())
                        .put("spi", String.join(" ", new TreeSet<>(one.spi())))
                        .put("bundles", String.join(" ", new TreeSet<>(one.bundles())))
                        .put("until", certificate.getNotAfter().toInstant().toString())
                        .put("revoked", content.revoked().contains(digest))
                        .put("certificate", digest)
                        .put("subject", certificate.getSubjectX500Principal().getName());
                if (!json) {
                    System.out.printf(
                            "%-16s spi %-12s bundles %-24s until %s%s%n    %s %s%n",
                            one.name(),
                            row.path("spi").asText(),
                            row.path("bundles").asText(),
                            row.path("until").asText(),
                            row.path("revoked").asBoolean() ? " REVOKED" : "",
                            digest,
                            row.path("subject").asText());
                }
            }
            if (json) {
                System.out.println(rows);
            } else if (rows.isEmpty()) {
                System.out.println("nobody is trusted but the distribution");
            }
            return 0;
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Whether a bundle would run, and who answers for it.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:it would run", "1:it would be refused", "2:wrong use"})
    static final class Check implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "FILE", description = "the bundle")
        private Path file;

        @Option(names = "--json", description = "print one JSON object")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no file " + file);
            }
            Set<String> shipped = ShippedList.read(Home.find().path().resolve("repo"));
            Judgement judgement = new TrustOffice(shipped, folder(data), true, Clock.systemUTC()).judge(file);
            if (json) {
                System.out.println(JSON.valueToTree(judgement).toString());
            } else if (judgement.trusted()) {
                System.out.println(
                        file + " is trusted: signer " + judgement.signer() + ", digest " + judgement.digest());
            } else {
                System.out.println(file + " is refused: " + judgement.reason() + ". What to do: " + TrustOffice.ADVICE);
            }
            return judgement.trusted() ? 0 : Main.FAILED;
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Refuses a certificate, or one very jar, from its next start or update on.")
    static final class Revoke implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "DIGEST", description = "SHA-256 of the certificate or of the jar, hexadecimal")
        private String digest;

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "for those who come later")
        private String why;

        @Override
        public Integer call() throws IOException {
            try {
                new SignerStore(folder(data)).revoke(digest, why);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            System.out.println(digest + " is revoked; what runs goes on until it is started or updated again");
            return 0;
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Does not trust a signer any more.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "NAME", description = "the signer")
        private String name;

        @Override
        public Integer call() throws IOException {
            if (!new SignerStore(folder(data)).remove(name)) {
                throw new IOException("there is no signer " + name + " in " + folder(data));
            }
            System.out.println(
                    name + " is not trusted any more; what runs goes on until it is started or updated again");
            return 0;
        }
    }
}
