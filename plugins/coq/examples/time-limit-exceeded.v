Fixpoint spin (n : nat) : bool := match n with O => true | S m => andb (spin m) (spin m) end.
Definition turned := Eval vm_compute in spin 64.
