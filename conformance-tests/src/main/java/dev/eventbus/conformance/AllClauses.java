package dev.eventbus.conformance;

/** Every clause that the kit can prove. */
public interface AllClauses
    extends OrderClauses,
        MembershipClauses,
        AckClauses,
        RetryClauses,
        DeadLetterClauses,
        UndecodableClauses,
        FaultPlanClauses {}
