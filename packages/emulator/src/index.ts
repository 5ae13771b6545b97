export type { Appliance, ImportKeyOptions } from "./appliance/appliance.js";
export type {
  ApprovalDecision,
  ApprovalOption,
  ApprovalRequest,
  PairApprovalRequest,
  SignApprovalRequest,
} from "./appliance/approval.js";
export type { ApproveOptions, PairingCard } from "./appliance/card.js";
export { ApplianceError, type ApplianceErrorCode } from "./appliance/errors.js";
export type { GrantedScope } from "./appliance/scopes.js";
export type { WaitingRequest } from "./appliance/signing.js";
export { createEmulator, type Emulator, type EmulatorSp } from "./emulator.js";
export type { Fault } from "./faults/Fault.js";
export type { FaultRule } from "./faults/FaultRule.js";
export type { AddedFault, Faults } from "./faults/faults.js";
export type { FaultRoute } from "./faults/routes.js";
export type { Algo, Chain } from "./link/chains.js";
export type { Access, Binding, Scope, SpIdentity, Wallet } from "./link/messages.js";
export type { RefusalCode } from "./octane/refusal.js";
export type { EmulatorOptions, SpOptions } from "./options.js";
