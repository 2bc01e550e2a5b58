package org.hmsach.ops.internal.shadow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.shadow.ShadowReport.Said;
import org.hmsach.spi.gov.OrderCheck;

/** Asks the shadow's checks what the serving ones were asked. Both refuse or both let pass: they agree. */
final class CheckQuestions implements Question.Source {
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    /** Nothing that serves has this rule: the order passed without it. */
    private static final Said NONE = new Said("none", "", "no serving check has this rule", "", "");

    private final Supplier<List<OrderCheck>> checks;

    CheckQuestions(Supplier<List<OrderCheck>> checks) {
        this.checks = checks;
    }

    @Override
    public List<Question> of(Judged judged) {
        List<Question> questions = new ArrayList<>();
        for (OrderCheck check : checks.get()) {
            String rule = check.rule();
            questions.add(new Question(rule, () -> compare(rule, check, judged)));
        }
        return questions;
    }

    private static Comparison compare(String rule, OrderCheck check, Judged judged) {
        Verdict shadow = check.check(judged.proposal());
        if (shadow == null || !shadow.rule().equals(rule)) {
            throw new IllegalStateException("the check gave no verdict of its rule");
        }
        Said live = judged.verdicts().stream()
                .filter(verdict -> verdict.rule().equals(rule))
                .findFirst()
                .map(CheckQuestions::said)
                .orElse(NONE);
        boolean livePasses = !live.answer().equals(DENY);
        return new Comparison(rule, Boolean.compare(livePasses, shadow.allowed()), live, said(shadow));
    }

    private static Said said(Verdict verdict) {
        return new Said(
                verdict.allowed() ? ALLOW : DENY,
                verdict.allowed() ? "" : verdict.reason().name(),
                verdict.detail(),
                verdict.inputs().getOrDefault("value", ""),
                verdict.inputs().getOrDefault("limit", ""));
    }
}
