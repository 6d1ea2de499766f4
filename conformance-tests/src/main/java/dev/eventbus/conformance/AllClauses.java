package dev.eventbus.conformance;

/** Every clause that the kit can prove. */
public interface AllClauses
    extends PublishClauses,
        RetriedPublishClauses,
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
        PlainClientClauses,
        TopicChangeClauses,
        CredentialClauses,
        BrokerFaultClauses,
        ExchangeClauses,
        FaultPlanClauses,
        DelayClauses,
        ReplayClauses,
        RealtimeClauses {}
