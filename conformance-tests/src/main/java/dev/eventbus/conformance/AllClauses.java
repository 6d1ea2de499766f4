package dev.eventbus.conformance;

/** Every clause that the kit can prove. */
public interface AllClauses
    extends PublishClauses,
        GroupClauses,
        OrderClauses,
        MembershipClauses,
        AckClauses,
        RetryClauses,
        DeadLetterClauses,
        UndecodableClauses,
        FlowClauses,
        LifeClauses,
        DataClauses,
        FaultPlanClauses {}
