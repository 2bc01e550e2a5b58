package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hmsach.api.module.StateForm;
import org.hmsach.api.module.StateTransform;
import org.hmsach.testkit.contract.StateTransformContract;
import org.junit.jupiter.api.io.TempDir;

/** The module that the tests of swaps use does what a vendor's must. */
class WordFilesTest extends StateTransformContract {
    @TempDir
    Path folder;

    @Override
    protected StateTransform transform() {
        return new WordFiles(folder);
    }

    @Override
    protected StateForm declared() {
        return new StateForm(2, 1, 1, "");
    }

    @Override
    protected void write(long form, String text) {
        new WordFiles(folder).write(form, text);
    }

    @Override
    protected List<String> read(long form) throws IOException {
        return new WordFiles(folder).words(form);
    }
}
