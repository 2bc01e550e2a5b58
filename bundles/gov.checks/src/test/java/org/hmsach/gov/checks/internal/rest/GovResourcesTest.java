package org.hmsach.gov.checks.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Limits;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class GovResourcesTest {
    private final FakePortfolio portfolio = new FakePortfolio().put(Samples.account(Samples.ACCOUNT, 100));
    private final FakeDoor door = new FakeDoor();
    private final Submitter submitter = new Submitter(door);

    @Test
    void limitKeepsWhatIsNotNamedAndLiftsWhatIsNull() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("maxOrderNotional", "2500.50");
        fields.put("maxOrderQty", null);
        new LimitsResource(portfolio, submitter).setCommon(fields, compliance(), "r-1", null);
        Limits sent = door.commands(Commands.SetLimits.class).get(0).limits();
        assertEquals(250_050, sent.maxOrderNotionalMinor());
        assertEquals(Limits.NONE, sent.maxOrderQtyE8());
        assertEquals(Limits.INITIAL.maxOpenOrders(), sent.maxOpenOrders());
        assertEquals("r-1", door.sent().items().get(0).origin().requestId());
        assertEquals(Samples.PERSON, door.sent().items().get(0).origin().principal());
    }

    @Test
    void showsNoLimitAsNull() {
        portfolio.limits(new Limits(Limits.NONE, 5, 1, 1, 1, 0));
        Map<String, Object> shown = new LimitsResource(portfolio, submitter).common();
        assertNull(shown.get("maxOrderNotional"));
        assertEquals("0.00000005", shown.get("maxOrderQty"));
    }

    @Test
    void refusesOverPreciseNegativeAndUnknownLimits() {
        LimitsResource limits = new LimitsResource(portfolio, submitter);
        assertWrong(
                "maxOrderNotional",
                () -> limits.setCommon(Map.of("maxOrderNotional", "1.001"), compliance(), null, null));
        assertWrong("maxOpenOrders", () -> limits.setCommon(Map.of("maxOpenOrders", -1), compliance(), null, null));
        assertWrong("maxOrders", () -> limits.setCommon(Map.of("maxOrders", 1), compliance(), null, null));
        assertEquals(List.of(), door.sent().items());
    }

    @Test
    void refusesLimitsOfAnUnknownAccount() {
        ProblemException refused = assertThrows(ProblemException.class, () -> new LimitsResource(portfolio, submitter)
                .ofAccount(UUID.randomUUID().toString()));
        assertEquals(404, refused.problem().status());
    }

    @Test
    void killSwitchGoesThroughTheDoor() {
        new KillSwitchResource(portfolio, submitter).set(Map.of("on", true), compliance(), "r", "key-1");
        assertEquals(new Commands.SetKillSwitch(Optional.empty(), true), door.await(Commands.SetKillSwitch.class));
        assertEquals(Optional.of("key-1"), door.sent().items().get(0).origin().idempotencyKey());
    }

    @Test
    void restrictsASymbolOfOneAccount() {
        new RestrictionsResource(portfolio, submitter)
                .restrict("IBM", Samples.ACCOUNT.toString(), compliance(), "r", null);
        assertEquals(
                new Commands.SetRestriction(Optional.of(Samples.ACCOUNT), "IBM", true),
                door.await(Commands.SetRestriction.class));
    }

    @Test
    void haltsAnInstrument() {
        new HaltsResource(submitter).set("IBM", Map.of("status", "halted"), compliance(), "r", null);
        assertEquals(
                new Commands.SetInstrumentStatus("IBM", InstrumentStatus.HALTED),
                door.await(Commands.SetInstrumentStatus.class));
        assertWrong("status", () -> new HaltsResource(submitter)
                .set("IBM", Map.of("status", "paused"), compliance(), "r", null));
    }

    @Test
    void passesOnRefusalsAndAbsence() {
        RulesResource rules = new RulesResource(portfolio, submitter);
        door.refuseWith(Refused.of(Reason.INVALID, "rules", "an empty list needs allowEmpty"));
        ProblemException refused = assertThrows(
                ProblemException.class, () -> rules.require(Map.of("rules", List.of()), compliance(), "r", null));
        assertEquals(422, refused.problem().status());
        door.failWith(UnavailableException.core("STARTING", "starting", 1));
        assertThrows(
                UnavailableException.class,
                () -> rules.require(Map.of("rules", List.of("gov.collar")), compliance(), "r", null));
    }

    private static void assertWrong(String field, Runnable call) {
        ProblemException refused = assertThrows(ProblemException.class, call::run);
        assertEquals(422, refused.problem().status());
        assertEquals(Optional.of(field), refused.problem().field());
    }

    private static SecurityContext compliance() {
        Caller caller =
                new Caller(Samples.PERSON, "carla", Set.of(Role.COMPLIANCE), Optional.empty(), Optional.empty());
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return caller;
            }

            @Override
            public boolean isUserInRole(String role) {
                return true;
            }

            @Override
            public boolean isSecure() {
                return true;
            }

            @Override
            public String getAuthenticationScheme() {
                return "test";
            }
        };
    }
}
