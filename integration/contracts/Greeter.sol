// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// A string that anyone may read and set.
contract Greeter {
    event Greeted(address indexed by, string greeting);

    string private current;

    constructor(string memory greeting) {
        current = greeting;
    }

    function greet() external view returns (string memory) {
        return current;
    }

    function setGreeting(string calldata greeting) external {
        current = greeting;
        emit Greeted(msg.sender, greeting);
    }
}
