package io.limitledger.gateway.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Addresses with the same beginning, such as {@code 10.0.0.0/8}.
 *
 * @param bits of the beginning; 0 to 32, or to 128 with IPv6
 */
public record Network(InetAddress start, int bits) {
    /** Never a name, which another one could answer for. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads a list such as {@code 127.0.0.1,10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if one of them is neither an address nor a network; the message says which
     */
    public static List<Network> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(one -> parse(one.strip())).toList();
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!LITERAL.matcher(address).matches()) {
                throw new UnknownHostException();
            }
            InetAddress start = InetAddress.getByName(address);
            int most = start.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw new NumberFormatException();
            }
            return new Network(start, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address such as 127.0.0.1, nor a network such as 10.0.0.0/8");
        }
    }

    public boolean contains(InetAddress address) {
        byte[] own = start.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
