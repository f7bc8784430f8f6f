package io.limitledger.gateway.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The public keys of an identity provider, as they were read. Immutable. */
final class KeySet {
    static final KeySet NONE = new KeySet(List.of());

    /** Signatures with a private key only: what a public key could make, or nothing, is never a signature. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /** Shorter ones can be broken. */
    private static final int LEAST_RSA_BITS = 2_048;

    /** Providers have two or three; each may be tried for a token that names none. */
    private static final int MOST = 64;

    private final List<JWK> keys;

    private KeySet(List<JWK> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the answer of a provider, and leaves out what cannot verify a signature.
     *
     * @throws IllegalStateException if no key is left
     */
    static KeySet parse(String json) {
        try {
            List<JWK> usable = new ArrayList<>();
            for (JWK key : JWKSet.parse(json).getKeys()) {
                if (isUsable(key) && usable.size() < MOST) {
                    usable.add(key.toPublicJWK());
                }
            }
            if (usable.isEmpty()) {
                throw new IllegalStateException("it has no key for RS256, PS256 or ES256");
            }
            return new KeySet(usable);
        } catch (ParseException e) {
            throw new IllegalStateException("its keys cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isUsable(JWK key) {
        boolean isForSignatures = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean isStrong = key instanceof RSAKey rsa
                ? rsa.size() >= LEAST_RSA_BITS
                : key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
        return isForSignatures && isStrong;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    /** Whether a key may have signed such a token: it has the id, if the token names one, and fits the algorithm. */
    boolean has(JWSHeader header) {
        return keys.stream().anyMatch(key -> fits(key, header));
    }

    private static boolean fits(JWK key, JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        boolean isOfKind = JWSAlgorithm.ES256.equals(algorithm) ? key instanceof ECKey : key instanceof RSAKey;
        return isOfKind
                && (header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
                && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.getName()));
    }

    /** Whether one of the keys made the signature. Parameters that are critical and not known here make it none. */
    boolean verifies(SignedJWT token) {
        return keys.stream().filter(key -> fits(key, token.getHeader())).anyMatch(key -> isSignedBy(token, key));
    }

    private static boolean isSignedBy(SignedJWT token, JWK key) {
        try {
            JWSVerifier verifier = key instanceof ECKey ec
                    ? new ECDSAVerifier(ec.toECPublicKey())
                    : new RSASSAVerifier(((RSAKey) key).toRSAPublicKey());
            return token.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof KeySet set && set.keys.equals(keys));
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }
}
