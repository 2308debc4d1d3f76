using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.UnitTests.Platform;

public sealed class StoredJobTests
{
    // What stands in the tables of installations: it must never change.
    private const string Stored = "RealEstateOs.Platform.Jobs.JobEntry, RealEstateOs.Platform";

    public StoredJobTests() => GlobalConfiguration.Configuration.UseStoredNames();

    [Theory]
    [InlineData(Stored)]
    [InlineData($"{Stored}, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null")]
    public void A_job_that_an_earlier_version_stored_is_found(string name) =>
        Assert.Equal(typeof(JobEntry), TypeHelper.CurrentTypeResolver(name));

    [Fact]
    public void A_job_is_stored_under_the_name_that_earlier_versions_know()
    {
        var stored = InvocationData.SerializeJob(JobEntry.Of(new WaitingJob(new JobId(1), "test.kind", null, null), "default"));
        Assert.Equal(Stored, stored.Type);
        Assert.Equal(typeof(JobEntry), stored.DeserializeJob().Type);
    }
}
