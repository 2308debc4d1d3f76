using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Documents;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Enquiries;
using RealEstateOs.Leads.Notes;
using RealEstateOs.Leads.Routing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

internal sealed class LeadsDb(DbContextOptions<LeadsDb> options) : ModuleDb(options, Name)
{
    public const string Name = "leads";

    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<StatusMove> StatusMoves => Set<StatusMove>();
    public DbSet<TimelineEntry<LeadId>> Timeline => Set<TimelineEntry<LeadId>>();
    public DbSet<LeadActivity> Activities => Set<LeadActivity>();
    public DbSet<LeadNote> Notes => Set<LeadNote>();
    public DbSet<LeadDocument> Documents => Set<LeadDocument>();
    public DbSet<FormerContact> FormerContacts => Set<FormerContact>();
    public DbSet<Enquiry> Enquiries => Set<Enquiry>();
    public DbSet<AssignmentRule> Rules => Set<AssignmentRule>();
    public DbSet<AssignmentTurn> Turns => Set<AssignmentTurn>();
}
