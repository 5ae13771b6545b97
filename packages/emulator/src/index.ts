export type { Appliance, ImportKeyOptions } from "./appliance/appliance.js";
export type {
  ApprovalDecision,
  ApprovalOption,
  ApprovalRequest,
  PairApprovalRequest,
  SignApprovalRequest,
} from "./appliance/approval.js";
export type { ApproveOptions, OpenOptions, PairingCard } from "./appliance/card.js";
export type { Decoded } from "./appliance/decoded/decode.js";
export type { DecodedInstruction, TransactionSummary } from "./appliance/decoded/solanaMessage.js";
export { ApplianceError, type ApplianceErrorCode } from "./appliance/errors.js";
export type { AppliancePair } from "./appliance/pairs.js";
export type { Rule, RuleAnswer } from "./appliance/rules/Rule.js";
export type { AddedRule, Rules } from "./appliance/rules/rules.js";
export type { GrantedScope } from "./appliance/scopes.js";
export type { WaitingRequest } from "./appliance/signing.js";
export type { Clock } from "./clock/clock.js";
export { createEmulator, type Emulator, type ServiceProviders } from "./emulator.js";
export type { EmulatorSp } from "./emulatorSp.js";
export type { EmulatorEvent, EventIds, EventKind, Events } from "./events/events.js";
export type { Fault } from "./faults/Fault.js";
export type { FaultRule } from "./faults/FaultRule.js";
export type { AddedFault, Faults } from "./faults/faults.js";
export type { FaultRoute } from "./faults/routes.js";
export type { Journal, Row, Table } from "./journal/Journal.js";
export type { Algo, Chain } from "./link/chains.js";
export type { Access, Binding, Scope, SpIdentity, Wallet } from "./link/messages.js";
export type { OpenSession } from "./octane/openSessions.js";
export type { Policy, PolicySettings, RateLimit } from "./octane/policy.js";
export type { RefusalCode } from "./octane/refusal.js";
export type { ServiceProvider, SpRegistry } from "./octane/serviceProviders.js";
export type { SpChange } from "./octane/spChange.js";
export type { ApplianceOptions, EmulatorOptions, SpOptions } from "./options.js";
export type { Exchange, ExchangeAnswer } from "./traffic/Exchange.js";
export type { Traffic } from "./traffic/traffic.js";
