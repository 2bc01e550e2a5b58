package org.hmsach.identity.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLoginTest {
    @Test
    void leavesAGeneratedPasswordThatOnlyTheOwnerCanRead(@TempDir Path data) throws Exception {
        Path folder = data.resolve("secrets");
        try (Rig rig = new Rig()) {
            FirstLogin first = new FirstLogin(rig.people(), rig.logins(), rig.keys(), folder);
            assertTrue(first.make());
            Path file = folder.resolve(FirstLogin.FILE);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            Matcher json = Pattern.compile("\\{\"login\":\"operator\",\"password\":\"([a-z0-9-]{24})\"}\\n")
                    .matcher(Files.readString(file));
            assertTrue(json.matches());
            Caller caller = rig.byPassword("operator", json.group(1)).caller().orElseThrow();
            assertEquals(Set.of(Role.OPERATOR, Role.ADMIN, Role.COMPLIANCE), caller.roles());
            Files.delete(file);
            assertFalse(first.make(), "there is an admin now");
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void takesAnotherNameWhereOperatorIsSomebodyElse(@TempDir Path data) throws Exception {
        try (Rig rig = new Rig()) {
            rig.person("operator", Role.INVESTOR);
            assertTrue(new FirstLogin(rig.people(), rig.logins(), rig.keys(), data).make());
            assertTrue(Files.readString(data.resolve(FirstLogin.FILE)).contains("\"operator-2\""));
        }
    }
}
