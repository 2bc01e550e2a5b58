package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;

/**
 * What people set, as of one entry. Immutable; maps are sorted by key.
 *
 * @param instruments        by symbol
 * @param marks              last journalled price by symbol
 * @param revokedKeys        void keys
 * @param commonLimits       limits of accounts without their own
 * @param accountLimits      own limits by account
 * @param restricted         symbols restricted for all
 * @param accountRestricted  symbols restricted by account
 * @param killSwitch         whether the organisation's kill switch is on
 * @param blockedAccounts    accounts whose kill switch is on
 * @param requiredRules      rules that need an allow-verdict, in the order they were set
 * @param requiredRulesSet   whether the list was ever set through the door
 * @param policies           active policies by id
 */
public record RuleBook(
        Map<String, Instrument> instruments,
        Map<String, ReferencePrice> marks,
        Set<String> revokedKeys,
        Limits commonLimits,
        Map<UUID, Limits> accountLimits,
        Set<String> restricted,
        Map<UUID, Set<String>> accountRestricted,
        boolean killSwitch,
        Set<UUID> blockedAccounts,
        List<String> requiredRules,
        boolean requiredRulesSet,
        Map<String, PolicyVersion> policies) {}
