namespace RealEstateOs.Contracts.Leads;

public enum LeadStatus { New, Contacted, Qualified, Unqualified, Nurturing, Converted, Lost }

public enum LeadSource { Website, Referral, SocialMedia, Email, Phone, WalkIn, Event, Advertisement, Portal, LandingPage, Import, Other }

public enum LeadActivityType { Call, Email, Meeting, Sms, Note, Viewing, Task }
