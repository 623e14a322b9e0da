{
    port = $1
}

END {
    service = "/inet/tcp/0/127.0.0.1/" port
    PROCINFO[service, "NONFATAL"] = 1
    print "x" |& service
    print (PROCINFO["errno"] == 0 ? "connected" : "refused")
}
