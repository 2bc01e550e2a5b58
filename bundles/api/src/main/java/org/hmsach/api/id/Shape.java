package org.hmsach.api.id;

/**
 * Shapes of ids and names, judged character by character: an order is judged by them a dozen times on its way, which
 * regular expressions make dear.
 */
public final class Shape {
    private Shape() {}

    /** Whether the text is 1 to {@code max} printable ASCII characters without blanks. */
    public static boolean isPrintable(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is 1 to {@code max} of a-z, 0-9, dot and dash, as names of modules and venues are. */
    public static boolean isName(String text, int max) {
        return isMadeOf(text, max, '-');
    }

    /** Whether the text is 1 to {@code max} of a-z, 0-9, dot, dash and underscore, as names of rules are. */
    public static boolean isRuleName(String text, int max) {
        return isMadeOf(text, max, '_');
    }

    private static boolean isMadeOf(String text, int max, char also) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == also;
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
