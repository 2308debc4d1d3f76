-- Readiness compares the applied migrations with those the program knows.
grant select on platform.schema_history to reos_system;
