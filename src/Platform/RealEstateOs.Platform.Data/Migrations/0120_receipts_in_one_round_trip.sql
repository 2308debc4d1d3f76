-- A run that was given up elsewhere commits nothing, also where its statements travel together and nobody looks at what each did.
create function platform.must_run(job bigint, run int) returns boolean language plpgsql stable as
$$
begin
    if not exists (select from platform.jobs where id = job and runs = run and state = 'running') then
        raise exception 'Run % of job % is over.', run, job using errcode = 'RE001';
    end if;
    return true;
end
$$;
