namespace RealEstateOs.Contracts.Deals;

/// <summary>The pipeline of a deal, in order; the last two are the ways it ends.</summary>
public enum DealStage { Lead, Qualified, Proposal, Negotiation, Contract, Inspection, Financing, Closing, ClosedWon, ClosedLost }

/// <summary>A credit note takes back the invoice that it names.</summary>
public enum InvoiceKind { Invoice, CreditNote }

/// <summary>The kind of a deal. A won lease or rental makes its property rented, any other sold.</summary>
public enum DealType { Buy, Sell, Sale, Lease, Wholesale, Flip, Rental }

/// <summary>A transaction only goes forward; cancelled is reached from every open one.</summary>
public enum TransactionStatus { Draft, Offer, Pending, UnderContract, Completed, Cancelled }

/// <summary>What the money of a transaction is for.</summary>
public enum TransactionType { Purchase, Sale, Lease, Deposit, Commission, Expense, Income, Offer }
