// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Recovers the signer of EIP-712 typed data the way contracts do: hashed here, from the values alone.
contract Verifier {
    struct Person {
        string name;
        address[] wallets;
    }

    struct Mail {
        Person from;
        Person[] to;
        string contents;
    }

    error InvalidLength(uint256 length);
    error InvalidV(uint8 v);
    error HighS(bytes32 s);
    error NoSigner();

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant PERSON_TYPE = keccak256("Person(string name,address[] wallets)");
    bytes32 private constant MAIL_TYPE =
        keccak256("Mail(Person from,Person[] to,string contents)Person(string name,address[] wallets)");

    // secp256k1n / 2: EIP-2 refuses a greater s, since (r, n - s) signs the same digest.
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// The signer of `mail` by a 65-byte signature, r ‖ s ‖ v.
    function recoverMail(Mail calldata mail, bytes calldata signature) external view returns (address) {
        return recover(digest(mail), signature);
    }

    /// The signer of `mail` by the signature's parts.
    function recoverMailParts(Mail calldata mail, uint8 v, bytes32 r, bytes32 s) external view returns (address) {
        return recoverParts(digest(mail), v, r, s);
    }

    function digest(Mail calldata mail) public view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(), hashMail(mail)));
    }

    function domainSeparator() public view returns (bytes32) {
        bytes32 name = keccak256("Sigil Verifier");
        bytes32 version = keccak256("1");
        return keccak256(abi.encode(DOMAIN_TYPE, name, version, block.chainid, address(this)));
    }

    function hashMail(Mail calldata mail) private pure returns (bytes32) {
        bytes32[] memory to = new bytes32[](mail.to.length);
        for (uint256 i = 0; i < to.length; i++) to[i] = hashPerson(mail.to[i]);
        bytes32 contents = keccak256(bytes(mail.contents));
        return keccak256(abi.encode(MAIL_TYPE, hashPerson(mail.from), keccak256(abi.encodePacked(to)), contents));
    }

    // In an array, encodePacked pads each address to 32 bytes, which is what EIP-712 asks for.
    function hashPerson(Person calldata person) private pure returns (bytes32) {
        bytes32 name = keccak256(bytes(person.name));
        return keccak256(abi.encode(PERSON_TYPE, name, keccak256(abi.encodePacked(person.wallets))));
    }

    function recover(bytes32 hash, bytes calldata signature) private pure returns (address) {
        if (signature.length != 65) revert InvalidLength(signature.length);
        return recoverParts(hash, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
    }

    function recoverParts(bytes32 hash, uint8 v, bytes32 r, bytes32 s) private pure returns (address) {
        if (v != 27 && v != 28) revert InvalidV(v);
        if (uint256(s) > HALF_ORDER) revert HighS(s);
        address signer = ecrecover(hash, v, r, s);
        if (signer == address(0)) revert NoSigner();
        return signer;
    }
}
