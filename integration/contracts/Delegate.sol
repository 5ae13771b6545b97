// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Code for an EOA to delegate to (EIP-7702): `address(this)` is then the EOA itself.
contract Delegate {
    event Pinged(address indexed account, uint256 count);

    error OnlySelf(address caller);

    uint256 public pings;

    /// Shows that the code is in force; anyone may call it.
    function ping() external returns (uint256) {
        pings += 1;
        emit Pinged(address(this), pings);
        return pings;
    }

    /// Calls `to` as the EOA. Only the EOA may: anyone else could empty it.
    function execute(address to, uint256 value, bytes calldata data) external payable returns (bytes memory) {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        (bool ok, bytes memory result) = to.call{value: value}(data);
        if (!ok) bubble(result);
        return result;
    }

    receive() external payable {}

    function bubble(bytes memory reason) private pure {
        assembly {
            revert(add(reason, 32), mload(reason))
        }
    }
}
