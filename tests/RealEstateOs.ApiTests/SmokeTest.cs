namespace RealEstateOs.ApiTests;
public class SmokeTest { [Fact] public void The_runner_runs() => Assert.True(Environment.Version.Major >= 10); }
