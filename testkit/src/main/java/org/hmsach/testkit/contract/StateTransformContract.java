package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.hmsach.api.module.StateForm;
import org.hmsach.api.module.StateTransform;
import org.junit.jupiter.api.Test;

/** What a swap relies on when it asks a {@link StateTransform}: nothing that either version wrote is lost. */
public abstract class StateTransformContract {
    private static final String FIRST = "first";
    private static final String MEANWHILE = "meanwhile";
    private static final String LAST = "last";

    /** The transform to be tested, over a place that is empty for each test. */
    protected abstract StateTransform transform();

    /** What your manifest declares; {@code upgradeFrom} and {@code downgradeTo} are older than {@code form}. */
    protected abstract StateForm declared();

    /** Adds something as the version of that form does: that form alone. */
    protected abstract void write(long form, String text) throws IOException;

    /** All that was added, as the version of that form reads it. */
    protected abstract List<String> read(long form) throws IOException;

    @Test
    void declaresAnOlderForm() {
        assertTrue(
                declared().upgradeFrom() < declared().form(), () -> declared().toString());
        assertTrue(older() < newer() && older() > 0, () -> declared().toString());
    }

    @Test
    void beginsFromNothing() throws Exception {
        transform().upgrade(0);
        write(newer(), FIRST);
        assertEquals(List.of(FIRST), read(newer()));
    }

    @Test
    void leavesTheOlderFormToItsOwner() throws Exception {
        write(older(), FIRST);
        transform().upgrade(older());
        assertEquals(List.of(FIRST), read(newer()));
        write(older(), MEANWHILE);
        assertEquals(List.of(FIRST, MEANWHILE), read(older()));
    }

    @Test
    void bringsOverWhatWasWrittenMeanwhile() throws Exception {
        write(older(), FIRST);
        transform().upgrade(older());
        write(older(), MEANWHILE);
        transform().finishUpgrade(older());
        assertEquals(List.of(FIRST, MEANWHILE), read(newer()));
    }

    @Test
    void keepsAllOnTheWayThereAndBack() throws Exception {
        write(older(), FIRST);
        transform().upgrade(older());
        transform().finishUpgrade(older());
        write(newer(), MEANWHILE);
        transform().downgrade(older());
        assertEquals(List.of(FIRST, MEANWHILE), read(older()));
        write(newer(), LAST);
        transform().finishDowngrade(older());
        assertEquals(List.of(FIRST, MEANWHILE, LAST), read(older()));
    }

    @Test
    void mayBeAskedAgain() throws Exception {
        write(older(), FIRST);
        transform().upgrade(older());
        transform().upgrade(older());
        transform().upgrade(newer());
        assertEquals(List.of(FIRST), read(newer()));
        transform().downgrade(older());
        transform().downgrade(older());
        assertEquals(List.of(FIRST), read(older()));
    }

    @Test
    void harmsNothingWhenTheSwapIsRefused() throws Exception {
        write(older(), FIRST);
        transform().upgrade(older());
        transform().discardUpgrade(older());
        assertEquals(List.of(FIRST), read(older()));
        write(older(), LAST);
        transform().upgrade(older());
        assertEquals(List.of(FIRST, LAST), read(newer()));
    }

    private long newer() {
        return declared().form();
    }

    private long older() {
        return declared().downgradeTo();
    }
}
