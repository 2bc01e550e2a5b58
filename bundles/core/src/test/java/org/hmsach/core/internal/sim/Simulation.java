package org.hmsach.core.internal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.core.internal.machine.Answer;

/** One run of one seed: who does what when, what breaks when, and the checks at the end. */
final class Simulation {
    private static final int STEPS = 1_000;
    private static final int LONG_STEPS = 6_000;
    private static final int EACH_LONG = 25;

    /** An actor, how often it is its turn, and until when it is away. */
    private static final class Role {
        final Actor actor;
        final int weight;
        int awayUntil;

        Role(Actor actor, int weight) {
            this.actor = actor;
            this.weight = weight;
        }
    }

    /** Most seeds are short, every {@value #EACH_LONG}th has thousands of commands. */
    static int steps(long seed) {
        return seed % EACH_LONG == 0 ? LONG_STEPS : STEPS;
    }

    private final long seed;
    private final int steps;
    private final Chance chance;
    final World world;
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int step;

    Simulation(long seed, int steps, Setting setting) {
        this.seed = seed;
        this.steps = steps;
        this.chance = new Chance(seed);
        this.world = new World(setting);
    }

    /** Runs; what does not hold ends it with an error that names the seed. */
    Simulation run() {
        try {
            live();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(failure(e), e);
        }
        return this;
    }

    private String failure(Throwable e) {
        return "seed " + seed + ", step " + step + ", entry " + world.machine().entry() + ": " + e.getMessage()
                + "\nagain with: mvn -q -pl bundles/core -am test -Dtest=SimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed=" + seed + " -Dsim.steps=" + steps
                + "\nthe last that happened:\n" + world.story();
    }

    private void live() {
        Town town = new Town(world);
        town.found(chance.split());
        for (Town.Person person : town.people) {
            roles.add(new Role(new Investor(world, town, person, chance.split()), 9));
        }
        roles.add(new Role(new ExecDesk(world, chance.split()), 14));
        roles.add(new Role(new BackOffice(world, chance.split()), 8));
        roles.add(new Role(new Operator(world, town, chance.split()), 2));
        roles.add(new Role(new Babbler(world, chance.split()), chance.below(5)));
        for (step = 1; step <= steps; step++) {
            world.nowMs += chance.oneIn(50) ? chance.between(-3_600_000, 3_600_000) : chance.below(2_000);
            if (chance.oneIn(3)) {
                traffic();
            } else {
                act();
            }
            if (chance.oneIn(40)) {
                fault();
            }
        }
        calm();
    }

    private void act() {
        int all = roles.stream().mapToInt(r -> r.weight).sum();
        int dice = chance.below(all);
        for (Role r : roles) {
            if (dice < r.weight) {
                if (r.awayUntil <= step && !world.log.isFull()) {
                    r.actor.step();
                }
                return;
            }
            dice -= r.weight;
        }
    }

    /** The wire and the disk: a little or a lot at a time, each on its own. */
    private void traffic() {
        int most = chance.oneIn(4) ? Integer.MAX_VALUE : 1 + chance.below(8);
        switch (chance.below(5)) {
            case 0 -> world.log.send(most, world.nowMs);
            case 1 -> world.log.append(most, world.nowMs);
            case 2 -> world.force(most);
            case 3 -> world.log.forceTape();
            default -> world.settle();
        }
    }

    private void fault() {
        switch (chance.below(8)) {
            case 0 -> crash();
            case 1 -> {
                count("snapshot");
                world.log.beginSnapshot();
            }
            case 2, 3 -> {
                count("snapshot on record");
                world.log.finishSnapshot();
            }
            case 4 -> {
                count("session lost");
                world.log.loseSession(chance.oneIn(2));
            }
            case 5 -> world.log.appendStray(world.nowMs);
            case 6 -> {
                count("module restarted");
                chance.of(roles).actor.restart();
            }
            default -> {
                count("module away");
                chance.of(roles).awayUntil = step + chance.below(150);
            }
        }
    }

    private void crash() {
        count("crash");
        int messages = world.log.unforcedMessages();
        int events = world.log.unforcedEvents();
        world.crash(chance.below(messages + 1), chance.below(events + 1));
        roles.forEach(r -> r.actor.restart());
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    /** Everything arrives, one more restart, and the whole log once more. */
    private void calm() {
        world.settle();
        world.lookAtAll();
        world.log.beginSnapshot();
        world.log.finishSnapshot();
        crash();
        world.replayAll();
    }

    /** What happened, by kind: a run that never trades, breaks or refuses proves nothing. */
    Map<String, Integer> seen() {
        Map<String, Integer> seen = new TreeMap<>(faults);
        world.audit.kinds.forEach((kind, n) -> seen.merge(kind, n, Integer::sum));
        for (World.Line line : world.history) {
            Answer answer = line.answer();
            seen.merge(answer.duplicate() ? "duplicate" : "entry", 1, Integer::sum);
            answer.refusal().ifPresent(r -> seen.merge("answer " + r.reason() + " " + rule(r.rule()), 1, Integer::sum));
        }
        return seen;
    }

    private static String rule(String rule) {
        return rule.startsWith("core.") || rule.startsWith("limit.") || rule.startsWith("gov.") ? rule : "";
    }
}
